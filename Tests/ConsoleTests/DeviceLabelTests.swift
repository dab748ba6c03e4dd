import Foundation
import QRCode
import Testing

@testable import Console

@Suite("Device labels") struct DeviceLabelTests {
    @Test("a code has the finder patterns that readers look for, and holds as much as it may")
    func code() throws {
        let code = try #require(QRCode("urn:mendloop:device:ML-7Q2K"))
        #expect(code.side >= 21 && (code.side - 17).isMultiple(of: 4))
        for (row, column) in [(0, 0), (0, code.side - 7), (code.side - 7, 0)] {
            for offset in 0..<7 {
                #expect(code.isDark(row: row, column: column + offset))
                #expect(code.isDark(row: row + offset, column: column))
            }
            #expect(!code.isDark(row: row + 1, column: column + 1) && code.isDark(row: row + 3, column: column + 3))
        }
        #expect(QRCode("") == nil && QRCode(String(repeating: "x", count: 3_000)) == nil)
    }

    @Test("a label is a drawing with the lines that people read out, none of them markup")
    func drawing() throws {
        let label = DeviceLabel(
            target: "https://service.example.com/report?device=ML-7Q2K",
            lines: ["ML-7Q2K", "Acme & Söhne <KFR>", String(repeating: "后厨", count: 20)])
        let svg = try #require(label.svg)
        #expect(svg.hasPrefix("<svg ") && svg.contains(">ML-7Q2K</text>"))
        #expect(svg.contains("Acme &amp; Söhne &lt;KFR&gt;") && svg.contains("后厨后…"))
        #expect(DeviceLabel(target: String(repeating: "x", count: 3_000), lines: []).svg == nil)
    }

    @Test("a code leads to the page that was set, else it names the device")
    func target() {
        #expect(LabelDesk(page: "").target(of: "ML 7") == "urn:mendloop:device:ML 7")
        #expect(LabelDesk(page: "https://x/r?device=").target(of: "ML 7&a") == "https://x/r?device=ML%207%26a")
    }
}
