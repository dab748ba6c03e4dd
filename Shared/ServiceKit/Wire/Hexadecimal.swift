extension Sequence<UInt8> {
    /// Two lowercase hexadecimal digits a byte, as hashes are written.
    public var hexadecimal: String {
        map { byte in
            let digits = String(byte, radix: 16)
            return byte < 16 ? "0" + digits : digits
        }.joined()
    }
}
