"""Files for people: dossiers, letters, copies and certificates as PDF, made from the same typed content as the screens."""
