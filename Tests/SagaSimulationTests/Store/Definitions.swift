import DomainContracts
import Foundation
import ServiceKit

@testable import Billing
@testable import DispatchService
@testable import Feedback
@testable import FieldService
@testable import Intake
@testable import Inventory

/// The six services as they are deployed; links are checked at a fixed real time, so that a history depends on its
/// seed alone.
enum Definitions {
    private static let secret = "a secret that is long enough for tests"

    static func all() throws -> [ServiceDefinition] {
        let links = LinkSigner(secret: secret)
        let realNow: @Sendable () -> Date = { Date(timeIntervalSince1970: 1_795_000_000) }
        return [
            try IntakeApp.definition(links: CustomerLinks(signer: links, realNow: realNow)),
            try DispatchApp.definition(DispatchSettings(linkSecret: secret)),
            try FieldServiceApp.definition(door: CustomerDoor(links: links, realNow: realNow)),
            try InventoryApp.definition(policy: InventoryPolicy()),
            try BillingApp.definition(
                policy: BillingPolicy(), door: CustomerDoor(links: links, realNow: realNow), clock: .real),
            try FeedbackApp.definition(desk: LinkDesk(links: links, realNow: realNow), clock: .real),
        ]
    }
}
