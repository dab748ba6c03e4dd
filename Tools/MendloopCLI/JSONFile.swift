import ArgumentParser
import DomainContracts
import Foundation

/// A document in a file, such as a rule set.
enum JSONFile {
    /// - Throws: a fault that names the file and the member.
    static func read<Document: Decodable>(_ type: Document.Type, from path: String) throws -> Document {
        guard let data = FileManager.default.contents(atPath: path) else {
            throw ValidationError("\(path) cannot be read")
        }
        do {
            return try WireJSON.decoder().decode(Document.self, from: data)
        } catch {
            let problem = WireJSON.problem(from: error)
            let faults = problem.errors.map { "\($0.pointer) \($0.detail)" }
            throw ValidationError("\(path): \(faults.first ?? problem.detail ?? problem.title)")
        }
    }
}
