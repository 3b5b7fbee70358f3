"""What is drawn and written for people from the code itself: `make artefacts`."""
