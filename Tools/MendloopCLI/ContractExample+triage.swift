import DomainContracts

extension ContractExample {
    /// What people say after the first report, and what is found to be one fault or two.
    static let triage = [
        ContractExample(
            AppendMessage.self, by: .user,
            #"{"channel": "phone", "requestId": "$given", "kind": "reminder", "text": "怎么还没有人来？", "sentAt": "$now"}"#),
        ContractExample(
            AnswerServiceRequest.self, by: .user, #"{"requestId": "$given", "answer": "请先断电五分钟再试"}"#),
        ContractExample(MarkAsSpam.self, by: .user, #"{"requestId": "$given", "reason": "advertisement"}"#),
        ContractExample(
            DismissDuplicate.self, by: .user,
            #"{"workOrderId": "$given", "otherWorkOrderId": "$given", "reason": "two machines"}"#),
        ContractExample(
            UnmergeWorkOrder.self, by: .user, #"{"workOrderId": "$given", "reason": "another machine"}"#),
    ]
}
