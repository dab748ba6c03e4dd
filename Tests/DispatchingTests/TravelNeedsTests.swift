import Dispatching
import Testing

struct TravelNeedsTests {
    private func points(_ numbers: Int...) -> [TravelPoint] { numbers.map { TravelPoint(place($0)) } }
    private func cells(_ numbers: Int...) -> [TravelCell] { numbers.compactMap { TravelPoint(place($0)).cell } }

    @Test("each site needs the nearest places, other sites among them, none twice and not itself")
    func nearest() {
        let region = TravelPoint(Place(region: "310101"))
        let needs = TravelNeeds(
            sites: points(0, 4, 0) + [region], places: points(9, 1, 1, 4, -2) + [region], nearest: 3)
        #expect(needs.stars.map(\.site) == cells(0, 4))
        #expect(needs.stars.map(\.places) == [cells(1, -2, 4), cells(1, 0, 9)])
    }
}
