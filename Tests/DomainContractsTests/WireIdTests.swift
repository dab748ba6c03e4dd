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

    @Test("an id's text is what Foundation says, in small letters")
    func text() throws {
        for id in try [UUID(), UUID(), #require(UUID(uuidString: "00000000-09AF-7000-8000-FFFFFFFFFFFF"))] {
            #expect(id.text == id.uuidString.lowercased())
        }
    }
}
