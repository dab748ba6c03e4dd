import DomainContracts

extension ContractExample {
    /// What is done before anything breaks.
    static let maintenance = [
        ContractExample(
            SetMaintenancePlan.self, by: .user,
            #"""
            {"planNumber": "$new-text", "plan": {"devices": [{"deviceId": "$given"}], "serviceType": "maintenance",
             "subject": "清洗滤网，检查制冷剂压力", "schedule": {"every": 3, "unit": "months", "dayOfMonth": 31,
             "firstDueOn": "2027-01-31", "workingDays": true, "move": "previous"}, "leadDays": 14,
             "window": "09:00-12:00", "catchUp": "latest"}}
            """#),
        ContractExample(
            EndMaintenancePlan.self, by: .user, #"{"planNumber": "PM-0042", "reason": "device sold"}"#),
    ]
}
