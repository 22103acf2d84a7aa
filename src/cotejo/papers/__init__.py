"""Files for people: dossiers, letters, copies and certificates as PDF, from the content of the screens."""
