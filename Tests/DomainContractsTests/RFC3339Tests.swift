import DomainContracts
import Foundation
import Testing

@Suite("Times on the wire")
struct RFC3339Tests {
    @Test(
        "a time is read to the instant it names",
        arguments: [
            ("1970-01-01T00:00:00Z", 0.0),
            ("2026-11-21T01:12:00Z", 1_795_223_520.0),
            ("2026-11-21t01:12:00z", 1_795_223_520.0),
            ("2026-11-21 01:12:00Z", 1_795_223_520.0),
            ("2026-11-21T09:12:00+08:00", 1_795_223_520.0),
            ("2026-11-20T20:42:00-04:30", 1_795_223_520.0),
            ("2026-11-21T01:12:00.5Z", 1_795_223_520.5),
            ("2026-11-21T01:12:00.123456789Z", 1_795_223_520.123),
            ("2024-02-29T00:00:00Z", 1_709_164_800.0),
            ("2000-02-29T23:59:59Z", 951_868_799.0),
            ("1969-12-31T23:59:59.999Z", -0.001),
            ("2016-12-31T23:59:60Z", 1_483_228_800.0),
            ("0000-01-01T00:00:00Z", -62_167_219_200.0),
            ("9999-12-31T23:59:59Z", 253_402_300_799.0),
        ])
    func reads(_ text: String, _ seconds: Double) throws {
        let date = try #require(RFC3339.parse(text))
        #expect(abs(date.timeIntervalSince1970 - seconds) < 0.0009)
    }

    @Test(
        "what is no time is not taken for one",
        arguments: [
            "", "now", "2026-11-21", "2026-11-21T01:12:00", "2026-11-21T01:12Z", "2026-13-01T00:00:00Z",
            "2026-00-01T00:00:00Z", "2026-02-29T00:00:00Z", "1900-02-29T00:00:00Z", "2026-04-31T00:00:00Z",
            "2026-11-00T00:00:00Z", "2026-11-21T24:00:00Z", "2026-11-21T01:60:00Z", "2026-11-21T01:12:61Z",
            "2026-11-21T01:12:00.Z", "2026-11-21T01:12:00+0800", "2026-11-21T01:12:00+08", "2026-11-21T01:12:00+24:00",
            "2026-11-21T01:12:00+08:60", "2026-11-21T01:12:00Zx", "2026-11-21T01:12:00Z ", "2026/11/21T01:12:00Z",
            "2026-11-21X01:12:00Z", "20２6-11-21T01:12:00Z", "+026-11-21T01:12:00Z",
        ])
    func refuses(_ text: String) {
        #expect(RFC3339.parse(text) == nil)
    }

    @Test("a time whose offset leads out of the years 0 to 9999 is refused, since it could not be written again")
    func outsideFourDigits() {
        #expect(RFC3339.parse("0000-01-01T00:00:00+00:01") == nil)
        #expect(RFC3339.parse("9999-12-31T23:59:59-00:01") == nil)
        #expect(RFC3339.parse("9999-12-31T23:59:59.9999Z") == nil)
        #expect(RFC3339.format(Date(timeIntervalSince1970: -1e15)) == "0000-01-01T00:00:00.000Z")
        #expect(RFC3339.format(Date(timeIntervalSince1970: 1e15)) == "9999-12-31T23:59:59.999Z")
    }

    @Test(
        "a time is written in UTC with milliseconds",
        arguments: [
            (0.0, "1970-01-01T00:00:00.000Z"), (-0.001, "1969-12-31T23:59:59.999Z"),
            (951_868_799.9996, "2000-03-01T00:00:00.000Z"), (1_709_164_800.25, "2024-02-29T00:00:00.250Z"),
            (-62_167_219_200.0, "0000-01-01T00:00:00.000Z"), (4_107_542_399.0, "2100-02-28T23:59:59.000Z"),
        ])
    func writes(_ seconds: Double, _ text: String) {
        #expect(RFC3339.format(Date(timeIntervalSince1970: seconds)) == text)
    }

    @Test("every day from 1890 to 2110 comes back as it went")
    func everyDay() {
        var astray: [String] = []
        for day in -29_220...51_135 {
            let seconds = Double(day) * 86_400 + 43_199.001
            let text = RFC3339.format(Date(timeIntervalSince1970: seconds))
            guard let back = RFC3339.parse(text), abs(back.timeIntervalSince1970 - seconds) < 0.001,
                RFC3339.format(back) == text
            else {
                astray.append(text)
                continue
            }
        }
        #expect(astray.isEmpty)
    }
}
