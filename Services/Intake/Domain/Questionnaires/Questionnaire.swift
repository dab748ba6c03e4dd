import DomainContracts
import FoundationEssentials

/// What is asked of whoever reports something of a service type, as it was published; never changed.
struct Questionnaire: Codable, Sendable, Equatable {
    let serviceType: ServiceType
    let questionnaireVersion: Int
    /// Nil where nothing is asked any more.
    let schema: JSONValue?
    let publishedAt: Date
    let publishedBy: String?
}

/// Which questionnaire is in force for a service type.
struct QuestionnaireInForce: Codable, Sendable, Equatable {
    private(set) var present: Questionnaire

    init(_ first: Questionnaire) { present = first }

    mutating func publish(_ next: Questionnaire) { present = next }
}
