declare function acquireVsCodeApi(): import('./host/vscode-host.ts').VsCodeApi;

declare module '*.css';
