// ServiceTesting
