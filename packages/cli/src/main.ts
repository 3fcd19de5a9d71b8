#!/usr/bin/env node
import { runHalyard } from './server/run-halyard.ts';
import { runInProcess } from './platform/node/process-host.ts';

void runInProcess(runHalyard);
