import DomainContracts
import Foundation

/// Customers, through their channel's adapter: they answer quotes, confirm or dispute, rate.
struct Customer: Sendable {
    let world: World

    /// What a notification asks of its reader.
    func read(_ notification: NotificationRequested) async throws {
        try await world.client.require(
            ConfirmDelivery(
                notificationId: notification.notificationId, status: .delivered, occurredAt: world.clock.now()),
            as: .adapter(notification.channel), channel: notification.channel, story: notification.workOrderId)
        guard notification.recipient.role == "customer", let id = notification.workOrderId,
            let order = await world.orders.value(id)
        else { return }
        if let estimate = notification.estimateId { try await answerQuote(estimate, notification, order) }
        if let survey = notification.surveyId { try await answerSurvey(survey, notification, order) }
    }

    /// Asks, some time after his report, what is keeping us; he calls, and an agent writes it down.
    func urge(_ order: KnownOrder) async throws {
        guard order.fate.happens("urged", world.shares.urged) else { return }
        try await world.wait(minutes: order.fate.number("urge-after", 30...240))
        try await world.client.require(
            AppendMessage(
                channel: "phone", workOrderId: order.id, kind: .reminder, text: "怎么还没有人来？", sentAt: world.clock.now()),
            as: .user("agent"), story: order.id)
    }

    private func answerQuote(_ estimate: UUID, _ notification: NotificationRequested, _ order: KnownOrder) async throws
    {
        let visit = world.order(order.id) { $0.visits }
        let isSlow = order.fate.happens("quote-slow-\(visit)", world.shares.quoteSlow)
        try await world.wait(minutes: order.fate.number("quote-\(visit)", isSlow ? 240...900 : 2...12))
        let plan = order.fate.plan(order.repaired, visit: max(visit, 1), diagnosed: false, world.shares)
        let refuses =
            plan == .tooExpensive || order.fate.happens("quote-refused-\(visit)", world.shares.quoteRefused)
        let channel = notification.channel
        let speaker = Speaker.customer(channel, order.customerName)
        let now = world.clock.now()
        // Refused when it lapsed, or the order ended.
        if refuses {
            let command = RefuseQuote(
                estimateId: estimate, reason: "too expensive", token: notification.parameters["refuseToken"],
                channelUserId: notification.recipient.channelUserId, occurredAt: now)
            note(
                try await world.client.perform(command, as: speaker, channel: channel, story: order.id), command, order)
        } else {
            let command = AcceptQuote(
                estimateId: estimate, token: notification.token,
                channelUserId: notification.recipient.channelUserId, occurredAt: now)
            note(
                try await world.client.perform(command, as: speaker, channel: channel, story: order.id), command, order)
        }
    }

    private func answerSurvey(_ survey: UUID, _ notification: NotificationRequested, _ order: KnownOrder) async throws {
        guard order.fate.happens("survey", world.shares.surveyAnswered) else { return }
        try await world.wait(minutes: order.fate.number("survey-after", 15...600))
        let isFixed = order.isRework || !order.fate.happens("survey-not-fixed", world.shares.surveyNotFixed)
        let mark = isFixed ? order.fate.pick("mark", [3, 4, 4, 5, 5, 5, 5]) : order.fate.pick("mark", [1, 2, 3])
        let command = AnswerSurvey(
            surveyId: survey, satisfaction: mark,
            recommendation: isFixed ? order.fate.number("recommend", 6...10) : order.fate.number("recommend", 0...5),
            effort: order.fate.number("effort", isFixed ? 4...7 : 1...4), fixed: isFixed, token: notification.token,
            channelUserId: notification.recipient.channelUserId, occurredAt: world.clock.now())
        note(
            try await world.client.perform(
                command, as: .customer(notification.channel, order.customerName), channel: notification.channel,
                story: order.id, attempts: 3),
            command, order)
    }

    /// Too late is no fault of anybody's; anything else is worth telling.
    private func note<C: Command>(_ outcome: BrokerClient.Outcome<C.Reply>, _ command: C, _ order: KnownOrder) {
        if case .refused(let problem) = outcome, problem.status != 409 {
            world.stumble(StepRefused(command: C.wireName, problem: problem), order.id)
        }
    }

    /// Confirms the report, mostly on the engineer's screen; disputes it; or says nothing at all.
    func judge(_ order: KnownOrder) async throws {
        let (wasDisputed, visits, engineer) = world.order(order.id) { ($0.wasDisputed, $0.visits, $0.engineer) }
        if order.fate.happens("silent-\(visits)", world.shares.confirmationSilent) { return }
        try await world.wait(minutes: order.fate.number("judge-after-\(visits)", 3...15))
        let now = world.clock.now()
        if !wasDisputed, !order.isRework, order.fate.happens("disputed", world.shares.disputed) {
            world.order(order.id) { $0.wasDisputed = true }
            try await world.client.require(
                DisputeCompletion(workOrderId: order.id, reason: "the fault is back already", occurredAt: now),
                as: .user("agent"), story: order.id)
        } else {
            try await world.client.require(
                ConfirmCompletion(workOrderId: order.id, signedBy: order.customerName, occurredAt: now),
                as: engineer.map { .engineer($0) } ?? .user("agent"), story: order.id)
        }
    }
}
