/// What is wrong with the manifest, or between it and the broker.
public enum TopologyError: Error, Equatable, CustomStringConvertible {
    /// An event binding that is no `<service>.<event>.v<N>` (with `.*` for a channel).
    case badEventKey(service: String, key: String)
    /// A key that is bound twice, or bound and retired.
    case contradictoryKey(service: String, key: String)
    /// The broker holds the exchange or queue with other properties, and cannot change them.
    case mismatch(entity: String, argument: String?, broker: String)

    public var description: String {
        switch self {
        case .badEventKey(let service, let key):
            "\(service) is bound with “\(key)”; expected <service>.<event>.v<N>, with a last word or .* where the event has one"
        case .contradictoryKey(let service, let key):
            "\(service) has “\(key)” twice among its bindings and retired bindings"
        case .mismatch(let entity, let argument, let broker):
            "the broker’s \(entity) differs from the manifest\(argument.map { " in \($0)" } ?? ""): \(broker). "
                + "It cannot be changed in place: drain it, delete it, and run migrate again"
        }
    }
}
