import Benchmarking
import Testing

@Suite("Figures of a benchmark")
struct FigureTests {
    @Test("a ratio is that of the medians, not of the best or the mean")
    func ratioOfMedians() throws {
        var figure = Figure("publish", goals: [.init(peer: "C", value: 0.8)])
        for value in [90, 10, 100.0] { figure.add(value, of: Figure.ours) }
        for value in [100, 1_000, 90.0] { figure.add(value, of: "C") }
        #expect(figure.ratio(to: "C") == 0.9)
        #expect(figure.reaches(try #require(figure.goals.first)) == true)
    }

    @Test("a goal whose peer was left out is neither reached nor missed")
    func missingPeer() throws {
        var figure = Figure("one hop", goals: [.init(peer: "FastStream", value: 5)])
        figure.add(1_000, of: Figure.ours)
        #expect(figure.reaches(try #require(figure.goals.first)) == nil)
    }

    @Test("an upper bound is missed from above")
    func upperBound() {
        var figure = Figure("messages of a life", unit: "messages", goals: [])
        figure.add(61, of: Figure.ours)
        #expect(figure.reaches(.init(peer: nil, value: 60, isUpperBound: true)) == false)
        #expect(figure.reaches(.init(peer: nil, value: 61, isUpperBound: true)) == true)
    }

    @Test("a quantile lies between its neighbours", arguments: [(0.0, 1.0), (0.5, 2.5), (1.0, 4.0)])
    func quantile(_ q: Double, _ expected: Double) {
        #expect(Statistics.quantile(q, of: [4, 1, 3, 2]) == expected)
    }
}
