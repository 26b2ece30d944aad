"""What pictures are made of: functions and mobjects that build and never animate."""
