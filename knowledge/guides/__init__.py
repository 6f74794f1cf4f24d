"""The ministry's action guidelines (국민행동요령), imported from responses of its API into one local file."""
