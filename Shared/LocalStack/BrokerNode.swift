/// One node of a stack's broker: where on the loopback interface, under which name, and where its files lie.
struct BrokerNode: Sendable, Equatable {
    /// From 1.
    var number: Int
    /// Each node of a cluster has an address of its own, by which it can be cut off from the others.
    var host: String
    /// As Erlang calls it.
    var name: String
    var folder: String
    var distributionPort: UInt16
    var recordName: String
}

extension StackSettings {
    /// One, or the three of a cluster.
    var brokerNodes: [BrokerNode] {
        guard let cluster else {
            return [
                BrokerNode(
                    number: 1, host: "127.0.0.1", name: "mendloop@localhost", folder: brokerFolder,
                    distributionPort: ports.distribution, recordName: BrokerServer.name)
            ]
        }
        return cluster.distribution.enumerated().map { index, port in
            let (number, host) = (index + 1, "127.0.0.\(11 + index)")
            return BrokerNode(
                number: number, host: host, name: "mendloop\(number)@\(host)", folder: "\(brokerFolder)/node-\(number)",
                distributionPort: port, recordName: "\(BrokerServer.name)-\(number)")
        }
    }
}
