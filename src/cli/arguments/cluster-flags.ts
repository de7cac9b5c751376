import type { Command } from 'commander';

/** Adds the options that say whether clusters are asked, and which. */
export const withClusterFlags = (command: Command): Command =>
  command
    .option('--context <name>', 'context of the kubeconfig (default: kubernetes:context of the stack file)')
    .option('--no-cluster', 'ask no cluster');
