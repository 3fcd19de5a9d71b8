import type { PushStream } from '../../ports/push-stream.ts';
import { ssePushStream } from './sse-push-stream.ts';
import { webSocketPushStream } from './websocket-push-stream.ts';

/** The ways in which Node can have a relay push changes. */
export const nodeStreams: readonly PushStream[] = Object.freeze([webSocketPushStream, ssePushStream]);
