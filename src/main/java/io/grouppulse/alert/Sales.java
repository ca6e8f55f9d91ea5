package io.grouppulse.alert;

import io.grouppulse.domain.alert.SaleStanding;
import io.vertx.core.Future;
import java.util.List;

/** Where running campaigns are asked how they stand. */
public interface Sales {
    /** All campaigns that run at T. */
    Future<List<SaleStanding>> running(long asOf);
}
