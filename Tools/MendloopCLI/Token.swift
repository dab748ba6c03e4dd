import ArgumentParser
import Foundation
import LocalStack
import ServiceKit

struct Token: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Print a bearer token for the HTTP door of this machine's stack.",
        discussion: """
            curl -H "Authorization: Bearer $(./mendloop token --role agent)" "$MENDLOOP_DOOR_URL/v1/intake/request?requestNumber=SR-…"

            Elsewhere people sign in (./mendloop user), or an identity provider gives them their tokens; see docs/http.md.
            """)

    @OptionGroup var stack: Stack

    @Option(
        name: .long, parsing: .upToNextOption,
        help: "agent, dispatcher, engineer, storekeeper, finance, manager, admin or customer; several are possible.")
    var role = ["admin"]

    @Option(name: .long, help: "Whose it is: a user's name, or an engineer's or customer's id.")
    var subject = Person.name

    @Option(
        name: .long, parsing: .upToNextOption,
        help: "Beginnings of region codes, all that he sees as a dispatcher; everything where none is named.")
    var region: [String] = []

    @Option(name: .long, help: "How long it holds, 1 to 24.")
    var hours = 8

    func validate() throws {
        guard (1...24).contains(hours) else { throw ValidationError("--hours is a number from 1 to 24") }
    }

    func run() async throws {
        print(
            try BearerToken.make(
                for: subject, roles: role, until: Date().addingTimeInterval(Double(hours) * 3600),
                secret: try stack.local.addresses().tokenSecret, scope: BearerToken.Scope(regions: region)))
    }
}
