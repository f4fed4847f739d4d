/** Under this name the editor knows who offers servers to its agents. A file of its own: activation reads it. */
export const MCP_PROVIDER = 'progeny.mcp';
