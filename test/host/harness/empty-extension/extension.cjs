// Test only: does nothing, so that what its activation takes is VS Code's own part.
exports.activate = () => {};
