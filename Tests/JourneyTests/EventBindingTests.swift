import DomainContracts
import Foundation
import ServiceKit
import ServiceTesting
import Testing

@testable import Billing
@testable import Console
@testable import DispatchService
@testable import Feedback
@testable import FieldService
@testable import Intake
@testable import Inventory

@Suite("Event bindings")
struct EventBindingTests {
    @Test("a service is bound to exactly the events it handles", arguments: ServiceName.allCases + [.console])
    func boundIsHandled(_ service: ServiceName) throws {
        let handled = try definition(of: service).handledEventTypes
        let bound = Set(EventBindings.live[service.rawValue, default: []].map(EventBindings.type(ofKey:)))
        #expect(handled.subtracting(bound) == [], "handled by \(service) and never delivered")
        #expect(bound.subtracting(handled) == [], "delivered to \(service) and never handled")
    }

    private func definition(of service: ServiceName) throws -> ServiceDefinition {
        let settings = try ServiceSettings(
            service: service.rawValue,
            settings: Settings(environment: [
                "MENDLOOP_AMQP_URL": "amqp://localhost", "MENDLOOP_DATABASE_URL": "postgresql://localhost",
                "MENDLOOP_LINK_SECRET": "a secret that is long enough for tests",
            ]))
        return switch service {
        case .intake: try IntakeApp.definition(settings)
        case .dispatch: try DispatchApp.definition(DispatchSettings(linkSecret: settings.linkSecret))
        case .fieldService: try FieldServiceApp.definition(settings)
        case .inventory: try InventoryApp.definition()
        case .billing: try BillingApp.definition(settings)
        case .feedback: try FeedbackApp.definition(settings)
        case .console: try ReadModelsApp.definition { _, _ in nil }
        }
    }
}
