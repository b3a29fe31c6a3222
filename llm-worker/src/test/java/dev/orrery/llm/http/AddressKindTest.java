package dev.orrery.llm.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AddressKindTest {

    @ParameterizedTest
    @CsvSource({
        "8.8.8.8, PUBLIC",
        "172.15.255.255, PUBLIC",
        "172.32.0.0, PUBLIC",
        "100.63.255.255, PUBLIC",
        "100.128.0.0, PUBLIC",
        "11.0.0.0, PUBLIC",
        "223.255.255.255, PUBLIC",
        "127.0.0.1, LOOPBACK",
        "127.255.255.254, LOOPBACK",
        "10.0.0.1, PRIVATE",
        "172.16.0.1, PRIVATE",
        "172.31.255.255, PRIVATE",
        "192.168.1.1, PRIVATE",
        "100.64.0.1, PRIVATE",
        "0.0.0.0, SPECIAL",
        "0.1.2.3, SPECIAL",
        "169.254.169.254, SPECIAL",
        "168.63.129.16, SPECIAL",
        "100.100.100.200, SPECIAL",
        "192.0.0.1, SPECIAL",
        "192.0.2.1, SPECIAL",
        "198.19.255.255, SPECIAL",
        "198.51.100.1, SPECIAL",
        "203.0.113.1, SPECIAL",
        "224.0.0.1, SPECIAL",
        "239.255.255.250, SPECIAL",
        "240.0.0.1, SPECIAL",
        "255.255.255.255, SPECIAL",
        "2606:4700:4700::1111, PUBLIC",
        "2a00:1450::1, PUBLIC",
        "::1, LOOPBACK",
        "fc00::1, PRIVATE",
        "fdff::1, PRIVATE",
        "::, SPECIAL",
        "fe80::1, SPECIAL",
        "fec0::1, SPECIAL",
        "ff02::1, SPECIAL",
        "fd00:ec2::254, SPECIAL",
        "2001:db8::1, SPECIAL",
        "2001::1, SPECIAL",
        "4000::1, SPECIAL",
        "64:ff9b::a9fe:a9fe, SPECIAL",
        "64:ff9b::7f00:1, LOOPBACK",
        "64:ff9b::808:808, PUBLIC",
        "2002:7f00:1::, LOOPBACK",
        "2002:a00:1::, PRIVATE",
        "::7f00:1, LOOPBACK"
    })
    void tellsWhatAnAddressBelongsTo(String address, AddressKind kind) {
        // when / then
        assertThat(AddressKind.of(InetAddress.ofLiteral(address))).isEqualTo(kind);
    }

    @Test
    void judgesAMappedAddressByTheOneItCarries() throws UnknownHostException {
        // given: 16 bytes, as a resolver may give them
        byte[] mapped = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, -1, -1, (byte) 169, (byte) 254, 1, 1};
        var address = Inet6Address.getByAddress("mapped", mapped, -1);

        // when / then
        assertThat(address.getAddress()).hasSize(16);
        assertThat(AddressKind.of(address)).isEqualTo(AddressKind.SPECIAL);
    }
}
