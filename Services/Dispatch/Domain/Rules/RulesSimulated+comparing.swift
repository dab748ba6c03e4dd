import Dispatching
import DomainContracts
import FoundationEssentials

extension RulesSimulated {
    private static let mostExamples = 20

    /// Two runs over the same arrivals, side by side.
    init(
        comparing current: Replay.Result, with draft: Replay.Result, _ arrivals: [Replay.Arrival], isCutOff: Bool,
        names: [(id: UUID, name: String)]
    ) {
        let moves = arrivals.indices.filter { current.engineers[$0] != draft.engineers[$0] }
        self.init(
            workOrders: arrivals.count, isCutOff: isCutOff, elsewhere: moves.count, current: current.outcome,
            draft: draft.outcome,
            engineers: names.map { id, name in
                SimulatedEngineer(
                    engineerId: id, name: name, currentVisits: current.load[id]?.visits ?? 0,
                    draftVisits: draft.load[id]?.visits ?? 0, currentMinutes: current.load[id]?.minutes ?? 0,
                    draftMinutes: draft.load[id]?.minutes ?? 0)
            },
            examples: moves.prefix(Self.mostExamples).map {
                SimulatedMove(
                    workOrderNumber: arrivals[$0].number, from: current.engineers[$0], to: draft.engineers[$0])
            })
    }

    /// The draft is malformed.
    static func refused(_ errors: [FieldProblem]) -> RulesSimulated {
        RulesSimulated(
            workOrders: 0, isCutOff: false, elsewhere: 0, current: .nothing, draft: .nothing, errors: errors)
    }
}
