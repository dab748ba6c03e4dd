/// Why a simulation could not be carried through. A reconciliation that does not hold is a result, not an error.
public enum SimulationError: Error, CustomStringConvertible, Equatable {
    /// The file of reports cannot be used.
    case unusableReports(String)
    /// A setting is out of range.
    case invalidConfiguration(String)
    /// Mendloop answered something that no working installation answers.
    case unexpected(String)

    public var description: String {
        switch self {
        case .unusableReports(let reason): "the reports cannot be used: \(reason)"
        case .invalidConfiguration(let reason): reason
        case .unexpected(let what): what
        }
    }
}
