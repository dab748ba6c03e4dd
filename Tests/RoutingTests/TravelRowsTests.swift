import Foundation
import Testing

@testable import Routing

@Suite("Travel of a day's file, read apart")
struct TravelRowsTests {
    private static let people =
        #""jobs": [{"id": "a \" ] , }", "location": 0, "serviceSeconds": 3, "windows": [[0, 90], [95, 99]]}]"#
        + #", "engineers": [{"id": 1, "start": 0, "end": 0, "shift": [0, 100], "break": {"window": [4, 5], "seconds": 6}}]"#

    private func file(_ travel: String) -> Data { Data("{\(travel), \(Self.people)}".utf8) }

    private func decoded(_ file: Data) -> TravelTable? {
        try? JSONDecoder().decode(TechnicianDay.self, from: file).travelSeconds
    }

    @Test(
        "is what a decoder reads, wherever it stands and however it is spaced, and the rest of the file is what it was",
        arguments: [
            #""travelSeconds": [[0, 9], [9, 0]]"#, #""travelSeconds":[[0,9],[9,0]]"#, #""travelSeconds": []"#,
            "\n\t\"travelSeconds\" :\r\n[ [ 0 , 999999999 ] , [ ] ] ",
            #""note": {"a": [1, "}"]}, "travelSeconds": [[0]]"#,
            #""travelSeconds": [[7]], "other": null, "more": -1.5e3, "text": "travelSeconds", "list": [{"travelSeconds": 1}]"#,
        ])
    func same(travel: String) throws {
        for file in [file(travel), Data("{\(Self.people), \(travel)}\n".utf8)] {
            let read = try #require(TravelRows(file))
            #expect(read.table == decoded(file))
            let day = try TechnicianDay(file: file)
            #expect(
                day.travelSeconds == read.table && day.jobs.count == 1 && day.jobs[0].windows == [[0, 90], [95, 99]])
        }
    }

    @Test(
        "is left to a decoder where it is anything but rows of whole numbers, once, in a sound file",
        arguments: [
            #""travelSeconds": [[0, 1.5]]"#, #""travelSeconds": [[1.0]]"#, #""travelSeconds": [[1e2]]"#,
            #""travelSeconds": [[-1]]"#, #""travelSeconds": [[01]]"#, #""travelSeconds": [[1234567890]]"#,
            #""travelSeconds": [[12345678901]]"#, #""travelSeconds": [["1"]]"#, #""travelSeconds": [[null]]"#,
            #""travelSeconds": [1]"#, #""travelSeconds": null"#, #""travelSeconds": [[1,]]"#,
            #""travelSeconds": [[1 2]]"#,
            #""travelSeconds": [[1]"#, #""travelSeconds": [[1]], "travelSeconds": [[2]]"#, #""other": 1"#,
            #""travel\u0053econds": [[1]]"#, #""travelSeconds": "#,
        ])
    func otherwise(travel: String) {
        let file = file(travel)
        #expect(TravelRows(file) == nil)
        #expect((try? TechnicianDay(file: file).travelSeconds) == decoded(file))
    }

    @Test("is no file of rows where something follows it, or it is no document at all")
    func unsound() {
        for text in ["", "[]", "{", #"{"travelSeconds": [[1]]} x"#, #"{"travelSeconds": [[1]]"#, #"{"travelSeconds"#] {
            #expect(TravelRows(Data(text.utf8)) == nil)
            #expect(throws: DecodingError.self) { try TechnicianDay(file: Data(text.utf8)) }
        }
    }
}
