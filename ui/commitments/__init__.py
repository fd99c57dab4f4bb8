"""The measures of the plans for every face: found, chosen by what staff ask for, and put in order."""
