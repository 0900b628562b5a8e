"""What happens by itself."""

from __future__ import annotations

from django.db.models.signals import post_delete
from django.dispatch import receiver

from soleus.web.discussion.about_people import Notice
from soleus.web.discussion.models import Comment, Report, Vote


@receiver(post_delete, sender=Comment)
def forget_what_was_thought_of_it(sender: object, instance: Comment, **_: object) -> None:
    """With a comment go the votes for it, the reports of it and what was told of it, however it was deleted; its number stays."""
    for model in (Vote, Report, Notice):
        model.objects.filter(slot_id=instance.slot_id).delete()
