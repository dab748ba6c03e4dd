/// What people may ask of a work order.
enum WorkOrderAct: String, CaseIterable, Sendable {
    case hold, resume, cancel, reopen, merge
    case resolveRemotely = "resolve_remotely"
}

/// Which acts each status allows; docs/state-machines/work-order.md holds the same table.
enum WorkOrderCommandRule {
    static func allows(_ act: WorkOrderAct, in state: WorkOrderState) -> Bool {
        switch (state, act) {
        // `resume` on a qualified order sends somebody after all.
        case (.qualified, .hold), (.qualified, .resume), (.qualified, .cancel), (.qualified, .merge),
            (.qualified, .resolveRemotely):
            true
        case (.qualified, .reopen): false
        case (.pendingDispatch, .hold), (.pendingDispatch, .cancel), (.pendingDispatch, .merge),
            (.pendingDispatch, .resolveRemotely):
            true
        case (.pendingDispatch, .resume), (.pendingDispatch, .reopen): false
        case (.assigned, .hold), (.assigned, .cancel), (.assigned, .merge), (.assigned, .resolveRemotely): true
        case (.assigned, .resume), (.assigned, .reopen): false
        case (.accepted, .hold), (.accepted, .cancel), (.accepted, .merge), (.accepted, .resolveRemotely): true
        case (.accepted, .resume), (.accepted, .reopen): false
        case (.scheduled, .hold), (.scheduled, .cancel), (.scheduled, .merge), (.scheduled, .resolveRemotely): true
        case (.scheduled, .resume), (.scheduled, .reopen): false
        case (.enRoute, .hold), (.enRoute, .cancel), (.enRoute, .merge): true
        case (.enRoute, .resume), (.enRoute, .reopen), (.enRoute, .resolveRemotely): false
        // Somebody is there: how the visit ends decides.
        case (.onSite, .hold), (.onSite, .resume), (.onSite, .cancel), (.onSite, .reopen), (.onSite, .merge),
            (.onSite, .resolveRemotely),
            (.inProgress, .hold), (.inProgress, .resume), (.inProgress, .cancel), (.inProgress, .reopen),
            (.inProgress, .merge), (.inProgress, .resolveRemotely):
            false
        case (.awaitingParts, .hold), (.awaitingParts, .resume), (.awaitingParts, .cancel), (.awaitingParts, .merge),
            (.awaitingParts, .resolveRemotely):
            true
        case (.awaitingParts, .reopen): false
        case (.awaitingCustomer, .hold), (.awaitingCustomer, .resume), (.awaitingCustomer, .cancel),
            (.awaitingCustomer, .merge), (.awaitingCustomer, .resolveRemotely):
            true
        case (.awaitingCustomer, .reopen): false
        case (.awaitingQuote, .cancel), (.awaitingQuote, .merge): true
        case (.awaitingQuote, .hold), (.awaitingQuote, .resume), (.awaitingQuote, .reopen),
            (.awaitingQuote, .resolveRemotely):
            false
        case (.awaitingApproval, .cancel), (.awaitingApproval, .merge): true
        case (.awaitingApproval, .hold), (.awaitingApproval, .resume), (.awaitingApproval, .reopen),
            (.awaitingApproval, .resolveRemotely):
            false
        case (.onHold, .hold), (.onHold, .resume), (.onHold, .cancel), (.onHold, .merge), (.onHold, .resolveRemotely):
            true
        case (.onHold, .reopen): false
        case (.awaitingConfirmation, .reopen), (.awaitingFollowUp, .reopen): true
        case (.awaitingConfirmation, .hold), (.awaitingConfirmation, .resume), (.awaitingConfirmation, .cancel),
            (.awaitingConfirmation, .merge), (.awaitingConfirmation, .resolveRemotely),
            (.awaitingFollowUp, .hold), (.awaitingFollowUp, .resume), (.awaitingFollowUp, .cancel),
            (.awaitingFollowUp, .merge), (.awaitingFollowUp, .resolveRemotely):
            false
        // A closed order stays closed; a rework order is opened beside it.
        case (.closed, .reopen): true
        case (.closed, .hold), (.closed, .resume), (.closed, .cancel), (.closed, .merge), (.closed, .resolveRemotely),
            (.cancelled, .hold), (.cancelled, .resume), (.cancelled, .cancel), (.cancelled, .reopen),
            (.cancelled, .merge), (.cancelled, .resolveRemotely),
            (.merged, .hold), (.merged, .resume), (.merged, .cancel), (.merged, .reopen), (.merged, .merge),
            (.merged, .resolveRemotely):
            false
        }
    }
}

extension WorkOrder {
    /// Whether an engineer is there now: then it is too late to cancel.
    var isSomebodyOnSite: Bool { facts.furthestStage?.isOnSite == true }
    /// Whether any work was ever done on it: then it cannot be another order's duplicate.
    var hasWorkStarted: Bool { facts.trips.contains(where: \.isOnSite) }

    func allows(_ act: WorkOrderAct) -> Bool {
        switch act {
        case .cancel: WorkOrderCommandRule.allows(act, in: status) && !isSomebodyOnSite
        case .merge: WorkOrderCommandRule.allows(act, in: status) && !hasWorkStarted
        case .hold, .resume, .reopen, .resolveRemotely: WorkOrderCommandRule.allows(act, in: status)
        }
    }
}
