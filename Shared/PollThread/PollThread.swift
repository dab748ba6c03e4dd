// PollThread
