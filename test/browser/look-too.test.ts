import { lookAtScenes } from './fake/look.ts';

lookAtScenes(1);
