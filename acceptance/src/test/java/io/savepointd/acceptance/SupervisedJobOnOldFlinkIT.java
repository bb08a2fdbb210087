package io.savepointd.acceptance;

import io.savepointd.acceptance.world.World;

/** The core path on the oldest supported Flink. */
class SupervisedJobOnOldFlinkIT extends SupervisedJobScenario {

  SupervisedJobOnOldFlinkIT(World world) {
    super(world, World.OLD_FLINK);
  }
}
