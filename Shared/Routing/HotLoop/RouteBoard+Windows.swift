/// When a job with one window or several can begin.
extension RouteBoard {
    /// When service begins; later than any time when the last window is over.
    @inline(__always)
    func start(of job: Int, arriving: Int32) -> Int32 {
        let cell = jobs[job]
        if arriving > cell.due { return Int32.max / 2 }
        if cell.windows == 1 { return max(arriving, cell.ready) }
        let first = Int(cell.firstWindow)
        for window in first..<first &+ Int(cell.windows) where arriving <= windows[window].end {
            return max(arriving, windows[window].begin)
        }
        return Int32.max / 2
    }

    @inline(__always)
    func latestStart(of job: Int, by time: Int32) -> Int32 {
        let cell = jobs[job]
        if cell.windows == 1 { return time < cell.ready ? Int32.min / 2 : min(time, cell.due) }
        var window = Int(cell.firstWindow &+ cell.windows) &- 1
        while window >= Int(cell.firstWindow) {
            if time >= windows[window].begin { return min(time, windows[window].end) }
            window &-= 1
        }
        return Int32.min / 2
    }
}
