"""The contract: input messages, output events, and the models passed between the stages."""
