import DomainContracts
import Foundation

@testable import Console

/// What six services tell of one repair: refused once, accepted, visited, quoted, paid, disputed by nobody, rated, and reopened.
struct OneLife {
    struct Told: Sendable {
        let event: any Event
        let sequence: Int
        var id = UUID().text
    }

    let order = UUID()
    let customer = UUID()
    let contact = UUID()
    let device = UUID()
    let engineer = UUID()
    private let refused = UUID()
    let visit = UUID()
    private let estimate = UUID()
    private let begin = Date(timeIntervalSince1970: 1_800_000_000)

    func at(_ minutes: Int) -> Date { begin.addingTimeInterval(Double(minutes) * 60) }

    /// Each with an id of its own, the same ones every time.
    private(set) var told: [Told] = []

    init() { told = intake + dispatch + fieldService + money + feedback }

    private func clock(_ status: ClockStatus, paused: Int = 0) -> ClockState {
        ClockState(
            clock: .resolution, status: status, targetSeconds: 36_000, startedAt: at(0), dueAt: at(600),
            pausedSeconds: paused)
    }

    private func window(_ from: Int) -> TimeWindow { TimeWindow(start: at(from), end: at(from + 120)) }

    private func changed(
        _ status: WorkOrderStatus, _ previous: WorkOrderStatus, _ minute: Int, need: DispatchNeed? = nil
    ) -> WorkOrderChanged {
        WorkOrderChanged(
            workOrderId: order, workOrderNumber: "WO-1", status: status, previousStatus: previous,
            responsible: .engineer, occurredAt: at(minute), need: need, clocks: [clock(.running, paused: minute)])
    }

    private var intake: [Told] {
        [
            Told(event: CustomerChanged(customerId: customer, customerNumber: "C-1", kind: .company), sequence: 1),
            Told(
                event: CustomerChanged(customerId: customer, customerNumber: "C-1", kind: .company, tier: .vip),
                sequence: 2),
            Told(
                event: ContactChanged(
                    contactId: contact, customerId: customer, name: "王敏", phone: "+8613800138000", channel: "wechat",
                    language: "zh-Hans"), sequence: 1),
            Told(event: SiteChanged(siteId: UUID(), customerId: customer, regionCode: "110105"), sequence: 1),
            Told(
                event: DeviceChanged(deviceId: device, customerId: customer, serialNumber: "AC-1", model: "KFR"),
                sequence: 3),
            Told(
                event: WorkOrderOpened(
                    workOrderId: order, workOrderNumber: "WO-1", requestId: UUID(), status: .pendingDispatch,
                    receivedAt: at(0), channel: "wechat", customerId: customer, contactId: contact, deviceId: device,
                    serviceType: .repair, serviceMode: .onSite, priority: .p2, problem: "空调漏油",
                    entitlement: Entitlement(
                        kind: .none, cover: Cover(labour: false, parts: false, travel: false),
                        responseLevel: .standard, reason: CodedReason(code: "none")),
                    clocks: [clock(.running)], language: "zh-Hans"), sequence: 1),
            Told(event: changed(.accepted, .pendingDispatch, 10), sequence: 2),
            Told(event: changed(.inProgress, .accepted, 130), sequence: 3),
            Told(
                event: SLAClockWarned(
                    workOrderId: order, workOrderNumber: "WO-1", clock: clock(.running, paused: 4),
                    responsible: .engineer), sequence: 4),
            Told(
                event: SLAClockBreached(
                    workOrderId: order, workOrderNumber: "WO-1", clock: clock(.breached, paused: 4),
                    responsible: .engineer), sequence: 4),
            Told(
                event: WorkOrderClosed(
                    workOrderId: order, workOrderNumber: "WO-1", status: .closed, closureCode: .survey,
                    outcome: .fixed, closedAt: at(700),
                    figures: WorkOrderFigures(
                        receivedAt: at(0), pausedSeconds: 0, visits: 1, reachedInProgress: true,
                        resolvedRemotely: false, rework: false, serviceType: .repair)), sequence: 5),
            Told(
                event: changed(
                    .pendingDispatch, .closed, 800,
                    need: DispatchNeed(round: 2, reason: .reopened, requiredSkills: [], durationMinutes: 60)),
                sequence: 6),
        ]
    }

    private var dispatch: [Told] {
        [
            Told(
                event: EngineerRegistered(
                    engineerId: engineer, employeeNumber: "E-1", name: "李强", grade: "senior", branch: "bj",
                    team: "a", hourlyRate: Money(100, "CNY")), sequence: 1),
            Told(
                event: AssignmentDeclined(
                    assignmentId: refused, workOrderId: order, workOrderNumber: "WO-1", engineerId: UUID(), round: 1,
                    reason: .known[0], declinedAt: at(5)), sequence: 2),
            Told(
                event: AssignmentAccepted(
                    assignmentId: visit, workOrderId: order, workOrderNumber: "WO-1", engineerId: engineer, round: 1,
                    proposedWindow: window(100), acceptedAt: at(9)), sequence: 2),
            Told(event: booked(window(100), rebooked: false, 12), sequence: 3),
            Told(
                event: AssignmentPlanned(
                    assignmentId: visit, workOrderId: order, workOrderNumber: "WO-1", engineerId: engineer, round: 1,
                    window: window(100), planned: window(110), plannedAt: at(13)), sequence: 4),
            Told(event: booked(window(120), rebooked: true, 14), sequence: 5),
            Told(event: nobody(1, emptiedBy: "shift", 3), sequence: 1),
            // Of the round in which it was reopened.
            Told(event: nobody(2, emptiedBy: "skill", 801), sequence: 7),
        ]
    }

    func offered(_ minute: Int) -> AssignmentOffered {
        AssignmentOffered(
            assignmentId: UUID(), workOrderId: order, workOrderNumber: "WO-1", engineerId: engineer, round: 2,
            proposedWindow: window(900), offeredAt: at(minute), leaseExpiresAt: at(minute + 30),
            explanation: AssignmentExplanation(ruleSetVersion: 1, considered: 1, manual: false), serviceType: .repair,
            priority: .p2,
            problem: "空调漏油")
    }

    private func nobody(_ round: Int, emptiedBy rule: String, _ minute: Int) -> DispatchImpossible {
        DispatchImpossible(
            workOrderId: order, workOrderNumber: "WO-1", round: round, emptiedBy: rule, candidates: 3,
            decidedAt: at(minute), retryAt: at(minute + 30))
    }

    private func booked(_ window: TimeWindow, rebooked: Bool, _ minute: Int) -> AssignmentBooked {
        AssignmentBooked(
            assignmentId: visit, workOrderId: order, workOrderNumber: "WO-1", engineerId: engineer, round: 1,
            window: window, originalWindow: self.window(100), rebooked: rebooked,
            initiatedBy: rebooked ? .customer : .company, bookedAt: at(minute))
    }

    private var fieldService: [Told] {
        let report = UUID()
        return [
            Told(
                event: VisitDeparted(
                    visitId: visit, workOrderId: order, engineerId: engineer, departedAt: at(110), window: window(120)),
                sequence: 3),
            Told(
                event: VisitStarted(visitId: visit, workOrderId: order, engineerId: engineer, startedAt: at(130)),
                sequence: 5),
            Told(
                event: FindingRecorded(
                    findingId: UUID(), visitId: visit, workOrderId: order, engineerId: engineer,
                    problemCode: "P-LEAK", misuse: false, estimatedMinutes: 60, recordedAt: at(140)), sequence: 6),
            Told(
                event: PartUsed(
                    usageId: UUID(), visitId: visit, workOrderId: order, engineerId: engineer, partCode: "SEAL-22",
                    quantity: 2, serialFitted: "S-2", serialRemoved: "S-1", usedAt: at(150)), sequence: 7),
            Told(
                event: VisitEnded(
                    visitId: visit, workOrderId: order, workOrderNumber: "WO-1", engineerId: engineer,
                    reason: .workDone, outcome: .fixed, startedAt: at(130), endedAt: at(190), workMinutes: 60,
                    travelMinutes: 20), sequence: 8),
            Told(
                event: CompletionConfirmed(
                    workOrderId: order, workOrderNumber: "WO-1", visitId: visit, reportId: report, how: .customer,
                    confirmedAt: at(200)), sequence: 1),
        ]
    }

    private var money: [Told] {
        [
            Told(
                event: EstimatePrepared(
                    estimateId: estimate, workOrderId: order, workOrderNumber: "WO-1", visitId: visit,
                    decision: .known[0], total: Money(12_500, "CNY"), reason: CodedReason(code: "r"),
                    preparedAt: at(141), validUntil: at(900)), sequence: 1),
            Told(
                event: QuoteAccepted(
                    estimateId: estimate, workOrderId: order, visitId: visit, total: Money(12_500, "CNY"),
                    acceptedAt: at(145)), sequence: 2),
            Told(
                event: ChargeFinal(
                    workOrderId: order, workOrderNumber: "WO-1", billNumber: "BL-1", total: Money(12_500, "CNY"),
                    tax: Money(0, "CNY"), cost: Money(9_000, "CNY"), finalAt: at(201)), sequence: 4),
            Told(event: settled(paid: 0, 201), sequence: 4), Told(event: settled(paid: 5_000, 230), sequence: 5),
            Told(event: settled(paid: 12_500, 240), sequence: 6),
        ]
    }

    private func settled(paid: Int, _ minute: Int) -> SettlementChanged {
        SettlementChanged(
            workOrderId: order, workOrderNumber: "WO-1", charge: .known[0], payment: .known[0], invoice: .known[0],
            total: Money(12_500, "CNY"), paid: Money(paid, "CNY"), balance: Money(12_500 - paid, "CNY"),
            changedAt: at(minute))
    }

    private var feedback: [Told] {
        let followUp = UUID()
        return [
            Told(event: notification(.requested, 15), sequence: 1), Told(event: notification(.failed, 16), sequence: 2),
            Told(
                event: FollowUpDue(
                    followUpId: followUp, workOrderId: order, workOrderNumber: "WO-1", dueAt: at(600),
                    deadline: at(900)), sequence: 2),
            Told(
                event: SurveyAnswered(
                    surveyId: UUID(), followUpId: followUp, workOrderId: order, satisfaction: 4, recommendation: 9,
                    fixed: true, comment: "师傅很专业", answeredAt: at(650)), sequence: 3),
            Told(
                event: FollowUpCompleted(
                    followUpId: followUp, workOrderId: order, result: .satisfied, fixed: true, note: "不漏了",
                    completedAt: at(660)),
                sequence: 4),
        ]
    }

    private func notification(_ status: NotificationStatus, _ minute: Int) -> NotificationChanged {
        NotificationChanged(
            notificationId: UUID(), workOrderId: order, channel: "wechat", template: "visit-booked", status: status,
            requestedAt: at(15), changedAt: at(minute))
    }
}
