import DomainContracts

/// What an hour of an engineer costs us.
struct EngineerRate: Codable, Sendable, Equatable {
    var hourlyRate: Money
}
