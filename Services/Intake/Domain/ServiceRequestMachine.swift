/// States of a service request. The raw values are those of the wire and of the table's check.
enum ServiceRequestState: String, Codable, Sendable, CaseIterable {
    case received, incomplete, converted, answered, merged, spam
}

/// What can happen to a service request.
enum ServiceRequestEvent: String, Sendable, CaseIterable {
    /// Something that a work order needs is missing.
    case foundIncomplete
    /// A work order exists.
    case workOrderOpened
    /// The question is settled without a work order.
    case answered
    /// It was about another request's fault.
    case merged
    case markedAsSpam
    /// It was about a fault of its own after all, and a new order takes that up.
    case unmerged
    /// The same of one that was merged before it had an order.
    case unmergedIncomplete
}

/// The only way a request's state changes; drawn in docs/state-machines/service-request.md.
enum ServiceRequestMachine {
    /// The state after the event; nil when the event changes nothing in this state.
    static func next(_ state: ServiceRequestState, _ event: ServiceRequestEvent) -> ServiceRequestState? {
        switch (state, event) {
        case (.received, .foundIncomplete), (.incomplete, .foundIncomplete): .incomplete
        case (.received, .workOrderOpened), (.incomplete, .workOrderOpened): .converted
        case (.received, .answered), (.incomplete, .answered): .answered
        case (.received, .merged), (.incomplete, .merged), (.converted, .merged): .merged
        case (.received, .markedAsSpam), (.incomplete, .markedAsSpam): .spam
        case (.merged, .unmerged): .converted
        case (.merged, .unmergedIncomplete): .incomplete
        case (.converted, .foundIncomplete), (.converted, .workOrderOpened), (.converted, .answered),
            (.converted, .markedAsSpam),
            (.answered, .foundIncomplete), (.answered, .workOrderOpened), (.answered, .answered), (.answered, .merged),
            (.answered, .markedAsSpam),
            (.merged, .foundIncomplete), (.merged, .workOrderOpened), (.merged, .answered), (.merged, .merged),
            (.merged, .markedAsSpam),
            (.spam, .foundIncomplete), (.spam, .workOrderOpened), (.spam, .answered), (.spam, .merged),
            (.spam, .markedAsSpam),
            (.received, .unmerged), (.incomplete, .unmerged), (.converted, .unmerged), (.answered, .unmerged),
            (.spam, .unmerged),
            (.received, .unmergedIncomplete), (.incomplete, .unmergedIncomplete), (.converted, .unmergedIncomplete),
            (.answered, .unmergedIncomplete), (.spam, .unmergedIncomplete):
            nil
        }
    }
}
