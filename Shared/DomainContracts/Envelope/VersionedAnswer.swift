/// An answer that shows one thing by a version of its own, which is what the command that edits it expects. Where an answer has a
/// member `version`, that one is it.
public protocol VersionedAnswer {
    /// Nil where it shows nothing.
    var shownVersion: Int? { get }
}

extension BusinessCalendarAnswer: VersionedAnswer {
    public var shownVersion: Int? { calendarVersion }
}

extension ServiceLevelsAnswer: VersionedAnswer {
    public var shownVersion: Int? { serviceLevels.map { _ in policyVersion } }
}

extension QuestionnaireAnswer: VersionedAnswer {
    /// 0 where none was ever published: the first one may expect that.
    public var shownVersion: Int? { questionnaireVersion == 0 || publishedAt != nil ? questionnaireVersion : nil }
}

extension MaintenancePlanAnswer: VersionedAnswer {
    public var shownVersion: Int? { state?.planVersion }
}

extension RulesAnswer: VersionedAnswer {
    public var shownVersion: Int? { rules.map { _ in ruleSetVersion } }
}
