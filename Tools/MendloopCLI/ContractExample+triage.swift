import DomainContracts

extension ContractExample {
    /// What people say after the first report, and what is found to be one fault or two.
    static let triage =
        [
            ContractExample(
                AppendMessage.self, by: .user,
                #"{"channel": "phone", "requestId": "$given", "kind": "reminder", "text": "怎么还没有人来？", "sentAt": "$now"}"#
            ),
            ContractExample(
                AnswerServiceRequest.self, by: .user, #"{"requestId": "$given", "answer": "请先断电五分钟再试"}"#),
            ContractExample(
                PublishQuestionnaire.self, by: .user,
                #"""
                {"serviceType": "repair", "schema": {"type": "object", "properties": {
                    "ageYears": {"type": "integer", "minimum": 0, "maximum": 60,
                                 "x-label": {"zh-Hans": "使用几年了？", "en": "How old is it, in years?"}},
                    "makesNoise": {"type": "boolean", "x-label": {"zh-Hans": "有异响吗？", "en": "Does it make noises?"}}}}}
                """#),
            ContractExample(MarkAsSpam.self, by: .user, #"{"requestId": "$given", "reason": "advertisement"}"#),
            ContractExample(
                DismissDuplicate.self, by: .user,
                #"{"workOrderId": "$given", "otherWorkOrderId": "$given", "reason": "two machines"}"#),
            ContractExample(
                MergeServiceRequest.self, by: .user,
                #"{"requestId": "$given", "intoWorkOrderId": "$given", "reason": "same fault, reported twice"}"#),
            ContractExample(
                UnmergeServiceRequest.self, by: .user, #"{"requestId": "$given", "reason": "another machine"}"#),
            ContractExample(
                DismissRequestDuplicate.self, by: .user,
                #"{"requestId": "$given", "otherWorkOrderId": "$given", "reason": "two machines"}"#),
            ContractExample(
                UnmergeWorkOrder.self, by: .user, #"{"workOrderId": "$given", "reason": "another machine"}"#),
        ] + disputes

    /// The customer disputes what his order is charged for.
    private static let disputes = [
        ContractExample(
            DisputeEntitlement.self, by: .user,
            #"""
            {"workOrderId": "$given", "reason": "warranty", "statement": "去年十二月才买的，发票在附件里",
             "evidence": [{"dataref": "https://files.example.com/invoice.jpg", "mediaType": "image/jpeg"}],
             "claim": {"purchasedOn": "2025-12-20"}}
            """#),
        ContractExample(
            DecideEntitlementDispute.self, by: .user,
            #"{"disputeId": "$given", "decision": "upheld", "reason": "发票日期与序列号相符"}"#),
        ContractExample(
            WithdrawEntitlementDispute.self, by: .user, #"{"disputeId": "$given", "reason": "客户同意付费"}"#),
    ]
}
