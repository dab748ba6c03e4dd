import ArgumentParser
import DomainContracts
import Foundation

/// Service requests of a status; docs/triage.md says what becomes of those that lack something.
struct Requests: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Service requests, the oldest first: those that are incomplete, or those of another status.")

    @OptionGroup var stack: Stack
    @OptionGroup var output: Output

    @Option(name: .long, help: "\(RequestStatus.known.map(\.rawValue).joined(separator: ", ")).")
    var status = RequestStatus.incomplete.rawValue

    @Option(name: .long, help: "How many, 1 to 100.")
    var limit = 20

    @Option(name: .long, help: "Where the last answer ended, as it says itself.")
    var cursor: String?

    func run() async throws {
        let door = try await stack.broker()
        let answer = try await door.ask(
            RequestsQuery(status: RequestStatus(rawValue: status), limit: limit, cursor: cursor))
        await door.close()
        print(output.isJSON ? try Output.json(answer) : answer.text)
    }
}

extension RequestsAnswer {
    fileprivate var text: String {
        let table = TextTable(
            head: ["request", "received", "channel", "missing", "order", "told", "repeats"],
            rows: requests.map { request in
                [
                    request.requestNumber, RFC3339.format(request.receivedAt), request.channel,
                    request.missing.joined(separator: " "), request.workOrderNumber ?? "",
                    request.escalatedAt != nil ? "escalated" : request.remindedAt != nil ? "reminded" : "",
                    request.duplicateConfidence.map { "\($0) %" } ?? "",
                ]
            })
        return table.text + (cursor.map { "\nmore: --cursor '\($0)'" } ?? "")
    }
}
