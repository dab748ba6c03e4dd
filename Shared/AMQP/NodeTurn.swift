/// Which of the broker's nodes is next.
struct NodeTurn {
    private let addresses: [AMQPConfiguration.Address]
    private var index: Int

    init(_ configuration: AMQPConfiguration) {
        addresses = configuration.addresses
        index = Int.random(in: addresses.indices)
    }

    var address: AMQPConfiguration.Address { addresses[index] }

    mutating func moveOn() { index = (index + 1) % addresses.count }
}
