// DomainContracts
