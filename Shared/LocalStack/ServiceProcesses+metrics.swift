extension ServiceProcesses {
    /// What a copy says at `/metrics`, in Prometheus' text form; nil when it does not answer.
    public func metrics(of copy: Copy) async -> String? {
        guard let answer = await LoopbackHTTP(port: copy.httpPort, path: "/metrics").send(), answer.status == 200 else {
            return nil
        }
        return answer.body
    }
}
