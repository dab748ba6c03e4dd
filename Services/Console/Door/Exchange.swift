import DomainContracts
import Foundation

/// One request, as routes see it.
struct Exchange: Sendable {
    let method: String
    /// Decoded, without the query.
    let path: [String]
    /// In order; a name may come more than once.
    let query: [(name: String, value: String)]
    /// By lowercase name.
    let headers: [String: String]
    var body = Data()
    /// Of whoever is connected.
    let address: String

    func header(_ name: String) -> String? { headers[name.lowercased()] }

    var language: Language { Language(header("Accept-Language")) }
}

/// What goes out.
struct Answer: Sendable {
    var status: Int
    var headers: [String: String] = [:]
    var contentType = "application/json"
    var content: Content
    /// Who was answered, where only the route could tell.
    var who: String?

    enum Content: Sendable {
        case data(Data)
        /// So many bytes, sent as they are read.
        case file(FileHandle, count: Int)
    }

    /// What it says, where it is not sent as it is read.
    var body: Data? { if case .data(let body) = content { body } else { nil } }

    static func json(_ value: some Encodable & Sendable, status: Int = 200) throws -> Answer {
        Answer(status: status, content: .data(try WireJSON.encoder().encode(value)))
    }

    /// An RFC 9457 problem, in the reader's language.
    static func problem(_ problem: Problem, _ language: Language) -> Answer {
        let worded = ProblemWords.put(problem, into: language)
        let body = (try? WireJSON.encoder().encode(worded)) ?? Data()
        return Answer(
            status: problem.status, headers: ["Content-Language": language.rawValue],
            contentType: "application/problem+json", content: .data(body))
    }
}

extension Answer {
    /// For who has what an entity tag stands for.
    static func unchanged(_ tag: String) -> Answer {
        Answer(status: 304, headers: ["ETag": tag], content: .data(Data()))
    }
}

extension Exchange {
    /// Whether `If-None-Match` names an entity tag.
    func knows(_ tag: String) -> Bool {
        let known = header("If-None-Match")?.split(separator: ",").map { tag in
            let tag = tag.drop { $0 == " " }
            return tag.hasPrefix("W/") ? tag.dropFirst(2) : tag
        }
        return known?.contains { $0 == tag || $0 == "*" } == true
    }
}
