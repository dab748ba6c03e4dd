// What events may say about a person, in one place: docs/privacy.md. Ids, numbers, times, region codes, what is printed on
// devices, figures and codes are not of it. A test holds the list against every event's example.

extension ContactChanged {
    public static var personalMembers: [PersonalMember] {
        [.removed("name"), .removed("phone"), .removed("email"), .removed("address"), .removed("channelUserId")]
    }
}

extension SiteChanged {
    public static var personalMembers: [PersonalMember] { [.removed("location")] }
}

extension ReportRepairRejected {
    public static var personalMembers: [PersonalMember] {
        [.removed("externalId"), .removed("problem", "detail"), .cleared("problem", "errors")]
    }
}

extension WorkOrderOpened {
    public static var personalMembers: [PersonalMember] { [.emptied("problem"), .removed("location")] }
}

extension WorkOrderChanged {
    public static var personalMembers: [PersonalMember] { [.removed("reason")] }
}

extension WorkOrderClosed {
    public static var personalMembers: [PersonalMember] { [.removed("reason")] }
}

extension EntitlementDisputeChanged {
    public static var personalMembers: [PersonalMember] {
        [.emptied("statement"), .cleared("evidence"), .removed("decisionReason"), .removed("endedBy")]
    }
}

extension PastServiceRecorded {
    public static var personalMembers: [PersonalMember] { [.removed("problem"), .removed("workDone")] }
}

extension MaintenancePlanChanged {
    public static var personalMembers: [PersonalMember] { [.removed("reason")] }
}

extension MessageAppended {
    public static var personalMembers: [PersonalMember] {
        [.removed("message", "text"), .cleared("message", "attachments")]
    }
}

extension RequestAnswered {
    public static var personalMembers: [PersonalMember] { [.emptied("answer")] }
}

extension RequestMerged {
    public static var personalMembers: [PersonalMember] { [.removed("reason")] }
}

extension AssignmentOffered {
    public static var personalMembers: [PersonalMember] { [.emptied("problem"), .removed("location")] }
}

extension CustomerEngineersChanged {
    public static var personalMembers: [PersonalMember] {
        [.cleared("preferredEngineerIds"), .cleared("excludedEngineerIds")]
    }
}

extension VisitCheckedIn {
    public static var personalMembers: [PersonalMember] { [.removed("position")] }
}

extension VisitPaused {
    public static var personalMembers: [PersonalMember] { [.emptied("reason")] }
}

extension VisitEnded {
    public static var personalMembers: [PersonalMember] { [.removed("outcomeReason")] }
}

extension CompletionDisputed {
    public static var personalMembers: [PersonalMember] { [.emptied("reason")] }
}

extension EstimateRejected {
    public static var personalMembers: [PersonalMember] { [.emptied("reason")] }
}

extension QuoteRefused {
    public static var personalMembers: [PersonalMember] { [.emptied("reason")] }
}

extension NotificationRequested {
    public static var personalMembers: [PersonalMember] {
        [
            .removed("recipient", "name"), .removed("recipient", "phone"), .removed("recipient", "email"),
            .removed("recipient", "channelUserId"), .removed("parameters", "answer"), .removed("token"),
        ]
    }
}

extension NotificationChanged {
    public static var personalMembers: [PersonalMember] { [.removed("detail")] }
}

extension SurveyAnswered {
    public static var personalMembers: [PersonalMember] { [.removed("comment")] }
}

extension FollowUpCompleted {
    public static var personalMembers: [PersonalMember] { [.removed("note")] }
}
