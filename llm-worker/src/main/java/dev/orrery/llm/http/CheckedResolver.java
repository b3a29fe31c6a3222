package dev.orrery.llm.http;

import io.netty.resolver.AbstractAddressResolver;
import io.netty.resolver.AddressResolver;
import io.netty.resolver.AddressResolverGroup;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Promise;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.RejectedExecutionException;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * Resolves names, and lets a connection be made only where every address of a name may be called.
 * It stands between the name and the connection: what was checked is what is connected to. Literals
 * pass through it too.
 *
 * <p>Threads: asked on an event loop; the platform's resolver blocks, so it is asked on threads
 * that may wait.
 */
final class CheckedResolver extends AddressResolverGroup<InetSocketAddress> {

    /** A name service. */
    @FunctionalInterface
    interface Names {

        /** All addresses of a name. May block. */
        InetAddress[] of(String host) throws UnknownHostException;
    }

    private final Destinations destinations;
    private final Names names;
    private final Scheduler scheduler;

    CheckedResolver(Destinations destinations, Names names) {
        this.destinations = destinations;
        this.names = names;
        this.scheduler = Schedulers.boundedElastic();
    }

    /** Asks the name service of the platform. */
    static CheckedResolver ofPlatform(Destinations destinations) {
        return new CheckedResolver(destinations, InetAddress::getAllByName);
    }

    @Override
    protected AddressResolver<InetSocketAddress> newResolver(EventExecutor executor) {
        return new Resolver(executor);
    }

    /** The addresses of a host, all of which may be called. May block. */
    private List<InetSocketAddress> checked(InetSocketAddress asked) throws UnknownHostException {
        var known = asked.getAddress();
        var found = known == null ? names.of(asked.getHostString()) : new InetAddress[] {known};
        var addresses = new ArrayList<InetSocketAddress>(found.length);
        for (var address : found) {
            if (!destinations.allows(address)) {
                throw Destinations.notPublic(asked.getHostString());
            }
            addresses.add(new InetSocketAddress(address, asked.getPort()));
        }
        if (addresses.isEmpty()) {
            throw new UnknownHostException(asked.getHostString());
        }
        return addresses;
    }

    private final class Resolver extends AbstractAddressResolver<InetSocketAddress> {

        Resolver(EventExecutor executor) {
            super(executor, InetSocketAddress.class);
        }

        /** A literal that may not be called counts as unresolved, so that it is checked below. */
        @Override
        protected boolean doIsResolved(InetSocketAddress address) {
            return address.getAddress() != null && destinations.allows(address.getAddress());
        }

        @Override
        protected void doResolve(InetSocketAddress asked, Promise<InetSocketAddress> promise) {
            later(promise, () -> checked(asked).getFirst());
        }

        @Override
        protected void doResolveAll(
                InetSocketAddress asked, Promise<List<InetSocketAddress>> promise) {
            later(promise, () -> checked(asked));
        }

        private <T> void later(Promise<T> promise, Callable<T> task) {
            try {
                scheduler.schedule(() -> {
                    try {
                        promise.trySuccess(task.call());
                    } catch (Exception failure) {
                        promise.tryFailure(failure);
                    }
                });
            } catch (RejectedExecutionException full) {
                promise.tryFailure(full);
            }
        }
    }
}
