"""What a whole process leaves behind: nothing that a person wrote, nobody's number, and no secret."""
