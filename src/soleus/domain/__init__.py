"""The nouns of Soleus: plain frozen values that know no file, no clock and no framework."""
