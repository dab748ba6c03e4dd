import DomainContracts
import Foundation
import Testing

@Suite("Ids on the wire")
struct WireIdTests {
    @Test("ids are lowercase, alone, optional and in lists")
    func lowercase() throws {
        let id = UUID()
        let need = DispatchNeed(
            round: 1, reason: .initial, preferredEngineerId: id, excludedEngineerIds: [id], durationMinutes: 60)
        let text = String(decoding: try WireJSON.encoder().encode(need), as: UTF8.self)
        #expect(text.components(separatedBy: id.uuidString.lowercased()).count == 3)
        #expect(!text.contains(id.uuidString))
    }
}
