import Dispatching
import Foundation
import ServiceKit
import Testing

@testable import DispatchService

struct TravelSettingsTests {
    private func source(_ value: String) throws -> TravelSource {
        try TravelSource(settings: Settings(environment: ["MENDLOOP_TRAVEL": value]))
    }

    @Test("unset and estimate are the estimate; a path and a URL are taken as they are")
    func sources() throws {
        #expect(try source("") == .estimate && source("estimate") == .estimate)
        #expect(try source("matrix:/etc/mendloop/ways.csv") == .matrix("/etc/mendloop/ways.csv"))
        #expect(try source("osrm:http://osrm:5000/") == .osrm("http://osrm:5000"))
        #expect(try source("osrm:https://maps.example.org/osrm") == .osrm("https://maps.example.org/osrm"))
    }

    @Test(
        "what is none of them is refused with what was expected",
        arguments: [
            "osrm", "osrm:osrm:5000", "osrm:ftp://osrm", "osrm:http://", "matrix:", "google", "osrm:http://a?b=c",
        ])
    func refused(_ value: String) {
        #expect(
            throws: SettingsError.invalid(
                name: "MENDLOOP_TRAVEL", value: value,
                expected: "estimate, matrix:<path> or osrm:<http:// or https:// URL>")
        ) { try source(value) }
    }

    @Test("a password in a wrong URL does not stand in the error")
    func password() {
        let error = #expect(throws: SettingsError.self) { try source("osrm:ftp://me:secret@osrm") }
        #expect(error?.description.contains("secret") == false)
    }

    @Test("the wall clock of the rush hours is a setting")
    func offset() throws {
        func seconds(_ offset: String) throws -> Int32 {
            let provider = try TravelProvider(
                settings: Settings(environment: ["MENDLOOP_TRAVEL_UTC_OFFSET_MINUTES": offset]))
            return provider.times.seconds(
                from: TravelPoint(north(0)), to: TravelPoint(north(3)), leaving: monday.epoch)
        }
        #expect(try seconds("") == seconds("480") && seconds("480") > seconds("720"))
        #expect(throws: SettingsError.self) { try seconds("841") }
    }

    @Test("a file is read when the service starts, with Windows line ends or without")
    func file() throws {
        let url = FileManager.default.temporaryDirectory.appending(path: "ways-\(UUID().uuidString).csv")
        defer { try? FileManager.default.removeItem(at: url) }
        let lines = [TravelMatrixFile.header, "31.23,121.47,31.26,121.47,1200", "31.26,121.47,31.23,121.47,60", ""]
        for end in ["\n", "\r\n"] {
            try Data(lines.joined(separator: end).utf8).write(to: url)
            let provider = try TravelProvider(
                settings: Settings(environment: ["MENDLOOP_TRAVEL": "matrix:\(url.path)"]))
            let (a, b) = (TravelPoint(north(0)), TravelPoint(north(3)))
            #expect(provider.times.seconds(from: a, to: b) > 1200 && provider.times.seconds(from: b, to: a) < 75)
        }
    }

    @Test(
        "the first wrong line of a file is named, with what was expected",
        arguments: [
            ("31.23,121.47,31.26,121.47", 3, "expected 5 fields, not 4"),
            ("91,121.47,31.26,121.47,60", 3, "from_latitude is “91”; expected degrees from -90 to 90"),
            ("31.23,181,31.26,121.47,60", 3, "from_longitude is “181”; expected degrees from -180 to 180"),
            ("31.23,121.47,north,121.47,60", 3, "to_latitude is “north”; expected degrees from -90 to 90"),
            ("31.23,121.47,31.26,nan,60", 3, "to_longitude is “nan”; expected degrees from -180 to 180"),
            ("31.23,121.47,31.26,121.47,1.5", 3, "seconds is “1.5”; expected a whole number from 0 to 604800"),
            ("31.23,121.47,31.26,121.47,-1", 3, "seconds is “-1”; expected a whole number from 0 to 604800"),
        ])
    func wrongLine(_ text: String, line: Int, what: String) {
        let lines = [TravelMatrixFile.header, "31.23,121.47,31.26,121.47,60", text, "x"]
        #expect(throws: TravelMatrixError(path: "ways.csv", line: line, what: what)) {
            try TravelMatrixFile.parse(lines.joined(separator: "\n"), path: "ways.csv")
        }
    }

    @Test("a file without its line of names, or no file at all, is refused")
    func wrongFile() {
        #expect(throws: TravelMatrixError(path: "w", line: 1, what: "expected \(TravelMatrixFile.header)")) {
            try TravelMatrixFile.parse("31.23,121.47,31.26,121.47,60", path: "w")
        }
        let missing = "/nowhere/ways.csv"
        let error = #expect(throws: TravelMatrixError.self) { try TravelMatrixFile.read(missing) }
        #expect(error?.description == "MENDLOOP_TRAVEL: /nowhere/ways.csv: cannot be read as text")
    }
}
